import type { Json, PlantedFault } from "./wire.ts";

/** One fault of each kind: it sends to DynamoDB, or makes of an answer, what a defect in the code would. */
export function plantedFaults(): readonly PlantedFault[] {
  return [
    {
      name: "guard removed: the seats that are left",
      onRequest: inTransaction((items) => drop(items, takesSeat, "id")),
      delayMs,
    },
    {
      name: "condition dropped: the version of a busy day",
      onRequest: inTransaction((items) => drop(items, takesTime, "busy") || drop(items, beginsDay)),
      delayMs,
    },
    {
      name: "condition dropped: the availability that an edit has seen",
      onRequest: inTransaction((items) => drop(items, edits, "id")),
      delayMs,
    },
    {
      name: "condition dropped: no seat is booked in what is deleted",
      onRequest: inTransaction((items) => drop(items, deletesAvailability, "id")),
      // Deletions are rare, and a concurrent booking of the same availability is rarer.
      delayMs: 1_000,
    },
    {
      name: "forgotten: the participant's calendar entry",
      onRequest: inTransaction((items) => leaveOut(items, addsEntry)),
    },
    {
      name: "forgotten: the day on which somebody is busy",
      onRequest: inTransaction((items) => leaveOut(items, takesTime) || leaveOut(items, beginsDay)),
    },
    {
      name: "forgotten: the seat of a meeting",
      onRequest: inTransaction((items) => leaveOut(items, takesSeat)),
    },
    {
      name: "a freed seat that stays closed",
      onRequest: inTransaction((items) => {
        const values = items.find(freesSeat)?.Update.ExpressionAttributeValues;
        if (values?.[":status"].S !== "SCHEDULED") return false;
        values[":status"].S = "BOOKED";
        return true;
      }),
    },
    {
      name: "a free seat that no search finds",
      onAnswer: (operation, { TableName, IndexName }, { Items = [] }) => {
        const isSearch =
          operation === "Query" && (IndexName === "byStatus" || TableName.endsWith("Openings"));
        return isSearch && Items.splice(1, 1).length > 0;
      },
    },
    {
      name: "acknowledged and not written: a booking",
      onRequest: everyThird(
        inTransaction((items) => items.some(takesSeat)),
        { answer: {} },
      ),
    },
    {
      name: "acknowledged and not written: a cancelation",
      onRequest: everyThird(
        inTransaction((items) => items.some(freesSeat)),
        { answer: {} },
      ),
    },
    {
      name: "acknowledged and not written: a withdrawal",
      onRequest: everyThird(
        inTransaction((items) => items.some(withdraws)),
        { answer: {} },
      ),
    },
    {
      name: "forgotten: a meeting of an availability that is withdrawn",
      onRequest: inTransaction((items) => items.some(withdraws) && leaveOut(items, cancelsMeeting)),
    },
    {
      name: "forgotten: how often a member has canceled",
      onRequest: inTransaction((items) => leaveOut(items, countsCancelation)),
    },
    {
      name: "unseen: the times that are taken in an availability",
      onAnswer: (_, { RequestItems = {} }, { Responses = {} }) => {
        const isBooking = itemsOf(Responses, "Users").length === 2 && asksFor(RequestItems, "Calendar");
        const seats = itemsOf(Responses, "Availabilities")
          .filter(({ bookings }) => isBooking && bookings?.S === "several")
          .flatMap(({ seats }) => Object.values<Json>(seats.M));
        for (const { M } of seats) M.endTime = M.startTime;
        return seats.length > 0;
      },
    },
    {
      name: "unseen by search: the meetings that an owner has elsewhere",
      onAnswer: (_, __, { Responses = {} }) => {
        const isSearch =
          itemsOf(Responses, "Users").length === 0 && itemsOf(Responses, "Availabilities").length > 0;
        const days = itemsOf(Responses, "Calendar").filter(
          (item) => Object.keys(item["busy"]?.M ?? {}).length > 0,
        );
        if (isSearch) for (const { busy } of days) busy.M = {};
        return isSearch && days.length > 0;
      },
    },
    {
      name: "every reader of an availability counts as its owner: its link is shown to others",
      onAnswer: (_, { RequestItems = {} }, { Responses = {} }) => {
        const [availability] = itemsOf(Responses, "Availabilities");
        const reader = itemsOf(Responses, "Users").find(
          ({ username }) => username.S !== availability?.["owner"].S,
        );
        if (!reader || !availability?.["link"]?.S || asksFor(RequestItems, "Calendar")) return false;
        availability["owner"] = reader["username"];
        return true;
      },
    },
    {
      name: "unseen: whom a member blocks",
      onAnswer: (_, __, { Responses = {} }) => {
        if (itemsOf(Responses, "Availabilities").length === 0) return false;
        const blockers = itemsOf(Responses, "Users").filter(({ blocked }) => blocked?.L.length > 0);
        for (const blocker of blockers) delete blocker["blocked"];
        return blockers.length > 0;
      },
    },
    staleRead(),
    {
      name: "a refusal without a reason: busy for nothing",
      onAnswer: (_, __, { Responses = {} }) => {
        const days = itemsOf(Responses, "Calendar").filter((item) => item["busy"]);
        for (const { busy } of days)
          busy.M["nothing"] = { M: { startTime: { S: "0" }, endTime: { S: "9" } } };
        return days.length > 0;
      },
    },
  ];
}

const delayMs = 150;

type Request = NonNullable<PlantedFault["onRequest"]>;
type Matches = (item: Json) => boolean;

const takesSeat: Matches = ({ Update }) =>
  Update?.UpdateExpression.includes("seats.#participant = :seat") === true;
const freesSeat: Matches = ({ Update }) =>
  Update?.UpdateExpression.includes("REMOVE seats.#participant") === true;
const takesTime: Matches = ({ Update }) => Update?.UpdateExpression.includes("busy.#key = :span") === true;
const beginsDay: Matches = ({ Put }) => Put?.Item.entry?.S.startsWith("day#") === true;
const addsEntry: Matches = ({ Put }) => Put?.Item.entry?.S.startsWith("meeting#") === true;
const edits: Matches = ({ Update }) => Update?.UpdateExpression.startsWith("SET revision = :next") === true;
const withdraws: Matches = ({ Update }) =>
  Update?.UpdateExpression.includes("withdrawReason = :reason") === true;
const cancelsMeeting: Matches = ({ Update }) =>
  Update?.UpdateExpression.includes("canceledBy = :by") === true;
const countsCancelation: Matches = ({ Update }) => Update?.UpdateExpression.includes("ADD #count") === true;
const deletesAvailability: Matches = ({ Delete }) => Delete?.TableName.endsWith("Availabilities") === true;

function inTransaction(alter: (items: Json[]) => boolean): (operation: string, input: Json) => boolean {
  return (operation, input) => operation === "TransactWriteItems" && alter(input.TransactItems);
}

/**
 * Makes the condition of some items true, always or if the item has `attribute`. Keeps the original condition in it,
 * because DynamoDB refuses unused values.
 */
function drop(items: Json[], matches: Matches, attribute?: string): boolean {
  const changes = items.filter(matches).map(({ Put, Update, Delete }) => Put ?? Update ?? Delete);
  const always = attribute === undefined ? "attribute_not_exists(nothing)" : `attribute_exists(${attribute})`;
  for (const change of changes) change.ConditionExpression = `(${change.ConditionExpression}) OR ${always}`;
  return changes.length > 0;
}

/** Removes the first matching item from the transaction. */
function leaveOut(items: Json[], matches: Matches): boolean {
  const index = items.findIndex(matches);
  if (index >= 0) items.splice(index, 1);
  return index >= 0;
}

function everyThird(
  matches: (operation: string, input: Json) => boolean,
  does: ReturnType<Request>,
): Request {
  let count = 0;
  return (operation, input) => matches(operation, input) && ++count % 3 === 0 && does;
}

/** Answers every third read of an availability with the previous result. */
function staleRead(): PlantedFault {
  const former = new Map<string, Json>();
  let count = 0;
  return {
    name: "a stale read of an availability",
    onAnswer: (operation, { TableName, Key }, output) => {
      if (operation !== "GetItem" || !TableName.endsWith("Availabilities")) return false;
      const key = JSON.stringify(Key);
      const stale = former.get(key);
      former.set(key, output.Item);
      const isStale = stale !== undefined && ++count % 3 === 0;
      if (isStale) output.Item = stale;
      return isStale;
    },
  };
}

function asksFor(requested: Readonly<Record<string, Json>>, table: string): boolean {
  return Object.keys(requested).some((name) => name.endsWith(table));
}

function itemsOf(responses: Readonly<Record<string, Json[]>>, table: string): Json[] {
  return Object.entries(responses).flatMap(([name, items]) => (name.endsWith(table) ? items : []));
}
