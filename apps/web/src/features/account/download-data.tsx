import type { RouterOutputs } from "@kumite/api";
import { minute } from "@kumite/core/instant";
import { useMutation } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { FormFailure } from "#components/ui/form-failure.tsx";
import { useTRPCClient } from "#trpc/client.tsx";

type Export = RouterOutputs["user"]["export"];

/** Downloads everything that is kept about the member, as a file. */
export function DownloadData() {
  const client = useTRPCClient();
  const download = useMutation({
    mutationFn: async () => {
      const whole = await readAll((input) => client.user.export.query(input));
      save(whole, `kumite-${whole.exportedAt.slice(0, 10)}.json`);
    },
  });
  return (
    <>
      <p className="text-ink-soft">
        Your profile, open times, meetings and the members you have blocked, as a JSON file.
      </p>
      <FormFailure error={download.error} />
      <Button size="sm" pending={download.isPending} onClick={() => download.mutate()}>
        Download my data
      </Button>
    </>
  );
}

/** Reads all pages, and returns them as one. */
async function readAll(read: (input: { cursor?: string }) => Promise<Export>): Promise<Export> {
  const { cursor: first, ...whole } = await read({});
  for (let cursor = first; cursor !== undefined; ) {
    const page = await read({ cursor });
    whole.availabilities.push(...page.availabilities);
    whole.meetings.push(...page.meetings);
    cursor = page.cursor;
  }
  return whole;
}

function save(data: object, name: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // By then the browser has saved the file.
  setTimeout(() => URL.revokeObjectURL(url), minute);
}
