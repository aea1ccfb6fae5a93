import { type Outputs, signIn } from "@kumite/local";

/** A member who takes part in a run. */
export interface Member {
  readonly username: string;
  readonly cohort: string;
  readonly displayName: string;
  readonly accessToken: string;
}

/** How many sign up at the same time without long waits. */
const atOnce = 8;

/** Signs up and signs in `count` new members, spread evenly over the first `cohortCount` cohorts. */
export async function newMembers(outputs: Outputs, count: number, cohortCount = 4): Promise<Member[]> {
  const { cohorts } = await callJson<{ cohorts: string[] }>(`${outputs.api}/community.get`);
  const run = Date.now();
  const members: Member[] = [];
  const numbers = Array.from({ length: count }, (_, number) => number).values();
  const worker = async () => {
    for (const number of numbers) {
      const cohort = cohorts[number % Math.min(cohortCount, cohorts.length)] as string;
      members[number] = await join(outputs, `${run}-${number}@example.com`, cohort);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return members;
}

async function join(outputs: Outputs, email: string, cohort: string): Promise<Member> {
  const accessToken = await signIn(outputs, { email, name: email, password: "Kumite-proof-1" });
  const { username, displayName } = await callJson<{ username: string; displayName: string }>(
    `${outputs.api}/user.set`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ cohort }),
    },
  );
  return { username, cohort, displayName, accessToken };
}

async function callJson<Data>(url: string, init: RequestInit = {}): Promise<Data> {
  const response = await fetch(url, init);
  const body = (await response.json()) as { result?: { data: Data } };
  if (!body.result) throw new Error(`${url} answers ${response.status}: ${JSON.stringify(body)}`);
  return body.result.data;
}
