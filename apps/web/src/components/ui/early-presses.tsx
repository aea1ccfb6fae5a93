/**
 * Records presses before hydration, and repeats them after it; until then the pressed button pulses. So no press is
 * lost, and the browser itself submits no form. Controls that wait are marked: see useWaitingMark. Links need none of
 * this. A string that runs in every browser without a build, because it must run before any script loads.
 */
const script = `(() => {
  const waiting = "[data-waiting]";
  const kept = new Map();
  const repeatNext = () => {
    for (const [control, { repeat, sign }] of kept) {
      if (control.matches(waiting)) continue;
      kept.delete(control);
      sign?.cancel();
      repeat();
      // One at a time: each may change what the next does.
      setTimeout(repeatNext);
      return;
    }
    if (kept.size === 0) observer.disconnect();
  };
  const observer = new MutationObserver(repeatNext);
  const keep = (control, repeat, sign) => {
    kept.get(control)?.sign?.cancel();
    // Moves it to the end: the last pressed radio button counts.
    kept.delete(control);
    kept.set(control, { repeat, sign });
    observer.observe(document, { subtree: true, attributeFilter: ["data-waiting"] });
  };
  const pulse = (control) => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return control.animate(
      { opacity: isStill ? [0.5, 0.5] : [1, 0.4] },
      { duration: 400, direction: "alternate", iterations: Infinity },
    );
  };
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("click", (event) => {
    const control = event.target.closest?.(waiting);
    if (control?.matches("button")) {
      stop(event);
      keep(control, () => control.click(), pulse(control));
    } else if (control?.matches("[type=checkbox], [type=radio]")) {
      // It changes at once. Hide it from React, which would hydrate within this event and miss the change.
      event.stopImmediatePropagation();
      const { checked } = control;
      keep(control, () => control.checked !== checked && control.click());
    }
  }, true);
  addEventListener("submit", (event) => {
    if (event.target.querySelector(waiting)) stop(event);
  }, true);
  // React resets a field to the value that it knows: enter the typed text again, with the native setter.
  addEventListener("input", ({ target }) => {
    if (!target.matches?.(waiting + ":not([type=checkbox], [type=radio])")) return;
    const { value } = target;
    keep(target, () => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(target), "value").set.call(target, value);
      target.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }, true);
})()`;

/** Put it once in the root layout, before all controls. */
export function EarlyPresses({ nonce }: { nonce: string | undefined }) {
  return (
    <script
      // Browsers hide a nonce from scripts, and so from React.
      suppressHydrationWarning
      nonce={nonce}
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
