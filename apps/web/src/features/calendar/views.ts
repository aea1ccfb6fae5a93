/** The calendar's views, by FullCalendar's names. */
export const views = {
  timeGridWeek: "Week",
  timeGridDay: "Day",
  listWeek: "List",
} as const;

export type View = keyof typeof views;

export function isView(name: string | null): name is View {
  return name !== null && name in views;
}

/** What fits: a week of hours is too narrow for a phone. */
export function viewsOf(isPhone: boolean): View[] {
  return isPhone ? ["timeGridDay", "listWeek"] : ["timeGridWeek", "listWeek"];
}
