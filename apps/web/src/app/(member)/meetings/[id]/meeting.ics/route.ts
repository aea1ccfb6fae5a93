import type { RouterOutputs } from "@kumite/api";
import type { NextRequest } from "next/server";
import { requireSession } from "#auth/session.ts";
import { toCalendarFile } from "#features/meeting/calendar-file.ts";
import { paths } from "#lib/paths.ts";
import { fetchOnServer } from "#trpc/server.ts";

type MeetingData = {
  meeting: RouterOutputs["meeting"]["get"];
  me: RouterOutputs["user"]["get"];
  community: RouterOutputs["community"]["get"];
};

/** Returns the meeting as an iCalendar file. */
export async function GET(request: NextRequest, { params }: RouteContext<"/meetings/[id]/meeting.ics">) {
  const { id } = await params;
  await requireSession(paths.meeting(id));
  const { data: known, refusal } = await fetchOnServer(async ({ client }): Promise<MeetingData> => {
    const [meeting, me, community] = await Promise.all([
      client.meeting.get.query({ id }),
      client.user.get.query({}),
      client.community.get.query(),
    ]);
    return { meeting, me, community };
  });
  if (refusal) return new Response("No such meeting of yours.", { status: 404 });
  const page = originOf(request) + paths.meeting(id);
  // The session could not be verified, or the API does not answer: the page handles both.
  if (!known) return Response.redirect(page);
  return new Response(toCalendarFile(known.meeting, { summary: summaryOf(known), url: page }), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'attachment; filename="meeting.ics"',
      "Cache-Control": "private, no-store",
    },
  });
}

function summaryOf({ meeting, me, community }: MeetingData): string {
  const type = community.typeLabels[meeting.type] ?? meeting.type;
  const isOwner = meeting.owner === me.username;
  return `${type} with ${isOwner ? meeting.participantDisplayName : meeting.ownerDisplayName}`;
}

/** Returns the origin that the browser uses, which may be that of a router in front of this server. */
function originOf(request: NextRequest): string {
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  const protocol = request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol.replace(":", "");
  return host ? `${protocol}://${host}` : request.nextUrl.origin;
}
