/**
 * The calendar's views. They begin with the day that is looked at, not with Monday: a calendar to plan by shows the
 * days ahead, on Sundays too.
 */
export const views = {
  week: { type: "timeGrid", duration: { days: 7 }, dateIncrement: { days: 7 }, dateAlignment: "day" },
  day: { type: "timeGrid", duration: { days: 1 } },
  list: { type: "list", duration: { days: 28 }, dateIncrement: { days: 28 }, dateAlignment: "day" },
} as const;

export type View = keyof typeof views;

export const viewNames: Record<View, string> = { week: "Week", day: "Day", list: "List" };

export function isView(name: string | null): name is View {
  return name !== null && name in views;
}

/** What fits: a week of hours is too narrow for a phone. */
export function viewsOf(isPhone: boolean): [View, View] {
  return isPhone ? ["day", "list"] : ["week", "list"];
}
