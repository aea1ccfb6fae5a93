import type { CalendarController } from "@fullcalendar/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Choice, Choices } from "#components/ui/choice.tsx";
import { type View, views } from "./views.ts";

type CalendarToolbarProps = { controller: CalendarController; view: View; views: View[] };

/** Which days, and how. */
export function CalendarToolbar({ controller, view, views: offered }: CalendarToolbarProps) {
  const span = view === "timeGridDay" ? "day" : "week";
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="flex gap-1">
        <Button size="sm" aria-label={`Previous ${span}`} onClick={() => controller.prev()}>
          <ChevronLeft className="size-4" aria-hidden="true" />
        </Button>
        <Button size="sm" onClick={() => controller.today()}>
          Today
        </Button>
        <Button size="sm" aria-label={`Next ${span}`} onClick={() => controller.next()}>
          <ChevronRight className="size-4" aria-hidden="true" />
        </Button>
      </div>
      <h2 aria-live="polite" className="grow text-lg">
        {controller.view?.title}
      </h2>
      <fieldset>
        <legend className="sr-only">View</legend>
        <Choices>
          {offered.map((name) => (
            <Choice
              key={name}
              kind="one"
              name="view"
              className="min-h-9"
              checked={view === name}
              onChange={() => controller.changeView(name)}
            >
              {views[name]}
            </Choice>
          ))}
        </Choices>
      </fieldset>
    </div>
  );
}
