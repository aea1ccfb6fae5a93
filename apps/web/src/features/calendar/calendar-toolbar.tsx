import type { CalendarController } from "@fullcalendar/react";
import { Button } from "#components/ui/button.tsx";
import { Choice, Choices } from "#components/ui/choice.tsx";
import { ChevronLeft } from "#components/ui/icons/chevron-left.ts";
import { ChevronRight } from "#components/ui/icons/chevron-right.ts";
import { type View, viewNames } from "./views.ts";

type CalendarToolbarProps = { controller: CalendarController; view: View; views: readonly View[] };

/** Chooses the days and the view. */
export function CalendarToolbar({ controller, view, views }: CalendarToolbarProps) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="flex gap-1">
        <Button
          size="sm"
          aria-label={view === "day" ? "Previous day" : "Previous days"}
          onClick={() => controller.prev()}
        >
          <ChevronLeft className="size-4" />
        </Button>
        <Button size="sm" onClick={() => controller.today()}>
          Today
        </Button>
        <Button
          size="sm"
          aria-label={view === "day" ? "Next day" : "Next days"}
          onClick={() => controller.next()}
        >
          <ChevronRight className="size-4" />
        </Button>
      </div>
      <h2 aria-live="polite" className="grow text-lg max-sm:order-first max-sm:w-full">
        {controller.view?.title}
      </h2>
      <fieldset className="max-sm:ml-auto">
        <legend className="sr-only">View</legend>
        <Choices>
          {views.map((name) => (
            <Choice
              key={name}
              kind="one"
              name="view"
              className="min-h-9"
              checked={view === name}
              onChange={() => controller.changeView(name)}
            >
              {viewNames[name]}
            </Choice>
          ))}
        </Choices>
      </fieldset>
    </div>
  );
}
