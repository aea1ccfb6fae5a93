import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "./http.ts";
import { openJsonFile } from "./json-file.ts";
import type { Mail } from "./mail.ts";
import { mailboxPage } from "./mailbox-page.ts";

export interface Mailbox {
  /** E.g. `http://127.0.0.1:8025`. */
  readonly url: string;
  deliver(mail: Omit<Mail, "sentAt">): Promise<void>;
  stop(): Promise<void>;
}

const keptMails = 1_000;

/**
 * Starts the mailbox, which receives all mail of the embedded AWS and shows it at `url`: as a page to browsers, as JSON
 * to other clients. `?to=<address>` limits it to one address.
 *
 * @param options.file where the mails are stored; in memory if left out.
 * @param options.port the port to prefer; the next free one is taken instead.
 */
export async function startMailbox(
  options: { file?: string | undefined; port?: number | undefined } = {},
): Promise<Mailbox> {
  const mails = await openJsonFile<Mail[]>(options.file, () => []);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://mailbox");
    if (pathname !== "/") return response.writeHead(404).end();
    const to = searchParams.get("to")?.trim().toLowerCase();
    const isAsked = (mail: Mail) => !to || mail.to.toLowerCase() === to;
    if (request.method === "DELETE") {
      mails.value.splice(0, mails.value.length, ...mails.value.filter((mail) => !isAsked(mail)));
      await mails.save();
      return response.writeHead(204).end();
    }
    if (request.method !== "GET") return response.writeHead(405, { allow: "GET, DELETE" }).end();
    const asked = mails.value.filter(isAsked);
    const [type, body] = request.headers.accept?.includes("text/html")
      ? ["text/html; charset=utf-8", mailboxPage(asked, to ?? "")]
      : ["application/json", JSON.stringify(asked)];
    return response
      .writeHead(200, { "content-type": type, "cache-control": "no-store", vary: "accept" })
      .end(body);
  };

  const listener = await listen(
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    },
    { port: options.port },
  );

  return {
    url: `http://127.0.0.1:${listener.port}`,
    async deliver(mail) {
      mails.value.push({ ...mail, sentAt: new Date().toISOString() });
      if (mails.value.length > keptMails) mails.value.shift();
      await mails.save();
    },
    stop: listener.stop,
  };
}
