// Each line that ends with an error code must fail with that error. No other line may fail.
import type { AppRouter, RouterInputs, RouterOutputs } from "@kumite/api";
import { createTRPCClient, httpBatchLink, type TRPCClientError } from "@trpc/client";

const client = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: "https://kumite.example/api/trpc" })],
});

export async function call(): Promise<void> {
  await client.availability.serch.query({ from: "", to: "" }); // TS2551
  await client.availability.search.mutate({ from: "", to: "" }); // TS2339
  await client.availability.search.query({ from: 1, to: "" }); // TS2322
  await client.availability.book.mutate({ owner: "", id: "", seat: 1 }); // TS2353
  await client.meeting.cancel.mutate(); // TS2554

  const meeting = await client.meeting.get.query({ id: "" });
  meeting.room; // TS2339
  meeting.cancelReason.length; // TS18048
  meeting.status === "BOOKED"; // TS2367
}

export const span: RouterInputs["availability"]["search"] = { from: "" }; // TS2741
export const cohorts: RouterInputs["availability"]["set"]["cohorts"] = "White"; // TS2322
export const tournaments: RouterOutputs["tournament"] = {}; // TS2339
export const isTired = (error: TRPCClientError<AppRouter>) => error.data?.reason === "TIRED"; // TS2367
export type Router = import("@kumite/api").appRouter; // TS2694
