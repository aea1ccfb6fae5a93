"use client";

import type { CalendarRef, DateSpanApi, DatesSetInfo, EventClickInfo } from "@fullcalendar/react";
import FullCalendar, { useCalendarController } from "@fullcalendar/react";
import interactionPlugin from "@fullcalendar/react/interaction";
import listPlugin from "@fullcalendar/react/list";
import themePlugin from "@fullcalendar/react/themes/classic";
import timeGridPlugin from "@fullcalendar/react/timegrid";
import "@fullcalendar/react/skeleton.css";
import "@fullcalendar/react/themes/classic/theme.css";
import "./calendar.css";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { ErrorState } from "#components/ui/states.tsx";
import { replaceQuery } from "#lib/address.ts";
import { useClock } from "#lib/clock.tsx";
import { cx } from "#lib/cx.ts";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { formatCalendarTime } from "./calendar-time.ts";
import { CalendarToolbar } from "./calendar-toolbar.tsx";
import { type Look, leftOutText, toEvents } from "./events.ts";
import { canPostIn, daysSpan } from "./span.ts";
import { useIsPhone } from "./use-is-phone.ts";
import { isView, type View, views, viewsOf } from "./views.ts";

// The form is as large as the rest of the page: it loads while the member drags.
const loadPostDialog = () => import("./post-dialog.tsx");
const PostDialog = lazy(async () => ({ default: (await loadPostDialog()).PostDialog }));

const colors: Record<Look, { color: string; contrastColor: string }> = {
  meeting: { color: "var(--ink)", contrastColor: "var(--paper)" },
  open: { color: "var(--surface)", contrastColor: "var(--ink)" },
  canceled: { color: "var(--sunken)", contrastColor: "var(--ink-soft)" },
};

const postLinkClass = "kumite-post-link";

type Span = { startTime: string; endTime: string };

/**
 * The calendar in the member's zone: hours that the member can drag over, or a list. The view and its days are in the
 * address, so that going back from a meeting shows the same place.
 */
export function CalendarView() {
  const trpc = useTRPC();
  const router = useRouter();
  const zone = useZone();
  const clock = useClock();
  const now = useNow();
  const isPhone = useIsPhone();
  const controller = useCalendarController();
  const calendar = useRef<CalendarRef>(null);
  const [initial] = useState(readAddress(useSearchParams(), isPhone, dayOf(now, zone)));
  const [view, setView] = useState<View>(initial.view);
  const [range, setRange] = useState(() => daysSpan(initial.day, views[initial.view].duration.days, zone));
  const [dragged, setDragged] = useState<Span>();
  const [hasDragged, setHasDragged] = useState(false);
  const { labelOf } = useCommunity();
  const { profile: me } = useOwnProfile();
  const query = useQuery({
    ...trpc.calendar.get.queryOptions(range, whileVisible),
    placeholderData: keepPreviousData,
  });
  const leftOut = query.data?.canceledLeftOut ?? 0;
  const events = query.data && me ? toEvents(query.data, me.username, labelOf) : [];

  useEffect(() => {
    if (!viewsOf(isPhone).includes(view)) controller.changeView(viewsOf(isPhone)[0]);
  }, [isPhone, view, controller]);

  function showDates({ start, end, view }: DatesSetInfo) {
    setRange({ from: start.toISOString(), to: end.toISOString() });
    if (isView(view.type)) setView(view.type);
    const day = dayOf(start.toISOString(), zone);
    replaceQuery(paths.calendar, `?${new URLSearchParams({ view: view.type, day })}`);
  }
  function openEvent({ event, jsEvent }: EventClickInfo) {
    if (jsEvent.metaKey || jsEvent.ctrlKey || jsEvent.shiftKey) return;
    jsEvent.preventDefault();
    router.push(event.url);
  }
  function closeDialog() {
    setDragged(undefined);
    calendar.current?.getApi().unselect();
  }
  return (
    <>
      <CalendarToolbar controller={controller} view={view} views={viewsOf(isPhone)} />
      {query.isError && (
        <div className="mb-4">
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        </div>
      )}
      <div
        aria-busy={query.isFetching}
        className={cx("transition-opacity", query.isPending && "opacity-50")}
        onPointerDown={() => void loadPostDialog().catch(() => {})}
      >
        <FullCalendar
          ref={calendar}
          controller={controller}
          plugins={[timeGridPlugin, listPlugin, interactionPlugin, themePlugin]}
          initialView={initial.view}
          initialDate={initial.day}
          headerToolbar={false}
          timeZone={zone}
          locale="en-GB"
          firstDay={1}
          views={views}
          titleFormat={{ day: "numeric", month: "short", year: "numeric" }}
          height={view === "list" ? "auto" : "max(26rem, calc(100dvh - 20rem))"}
          allDaySlot={false}
          nowIndicator
          scrollTime="09:00"
          slotMinHeight={33}
          slotDuration="00:30"
          snapDuration="00:15"
          eventShortHeight={36}
          slotHeaderFormat={formatCalendarTime(clock)}
          eventTimeFormat={formatCalendarTime(clock)}
          dayHeaderFormat={{ weekday: "short", day: "numeric", month: "short" }}
          noEventsText="Nothing here. Post an open time, or find one to book."
          events={events.map((event) => ({ ...event, ...colors[event.look] }))}
          columnEventClass={({ event }) => `kumite-block-${event.extendedProps["look"]}`}
          listItemEventBeforeClass={({ event }) => `kumite-dot-${event.extendedProps["look"]}`}
          eventTitleClass={({ event }) => (event.extendedProps["look"] === "canceled" ? "line-through" : "")}
          columnEventTitleClass="kumite-wrap"
          listItemEventTitleClass="kumite-wrap"
          listItemEventTimeClass="kumite-time"
          dayLaneDidMount={({ el, date }) => {
            const day = dayOf(date.toISOString(), zone);
            if (day >= dayOf(now, zone)) el.append(makePostLink(day, router.push));
          }}
          dayLaneWillUnmount={({ el }) => el.querySelector(`.${postLinkClass}`)?.remove()}
          dayHeaderClass={({ isToday }) => (isToday ? "font-semibold" : "")}
          datesSet={showDates}
          eventClick={openEvent}
          selectable
          selectMirror
          selectLongPressDelay={350}
          unselectAuto={false}
          selectAllow={({ start }: DateSpanApi) => start.getTime() > Date.now()}
          select={({ start, end }) => {
            setDragged({ startTime: start.toISOString(), endTime: end.toISOString() });
            setHasDragged(true);
          }}
        />
      </div>
      {leftOut > 0 && <p className="mt-3 text-ink-soft text-sm">{leftOutText(leftOut)}</p>}
      {view !== "list" && canPostIn(range, now) && (
        <p className="mt-3 text-ink-soft text-sm">
          {isPhone ? "Press and hold, then drag" : "Drag"} over the hours when you have time, and post them.
        </p>
      )}
      <Suspense>{hasDragged && <PostDialog span={dragged} onClose={closeDialog} />}</Suspense>
    </>
  );
}

/**
 * A link for posting on a day with the keyboard, instead of dragging; visible when focused. FullCalendar cannot render our
 * content in a day's column, so it is added to the DOM directly.
 */
function makePostLink(day: string, open: (path: string) => void): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = paths.postOn(day);
  link.textContent = `Post on ${formatDay(day)}`;
  link.className = postLinkClass;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(paths.postOn(day));
  });
  return link;
}

function readAddress(query: URLSearchParams, isPhone: boolean, today: string): { view: View; day: string } {
  const view = query.get("view");
  const day = query.get("day");
  return {
    view: isView(view) && viewsOf(isPhone).includes(view) ? view : isPhone ? "list" : "week",
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : today,
  };
}
