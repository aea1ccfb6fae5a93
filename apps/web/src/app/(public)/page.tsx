import { redirect } from "next/navigation";
import { isSignedIn } from "#auth/session.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { TwoClocks } from "#features/landing/two-clocks.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "An hour that suits you both" };

const steps = [
  {
    title: "Post an open time",
    text: "Drag over the hours you have. Say what you want to train, and with which cohorts.",
  },
  { title: "Find one", text: "See what is open to you, day by day, on your own clock." },
  { title: "Meet", text: "One press books it for both of you at once. Nobody is ever booked twice." },
];

export default async function LandingPage() {
  if (await isSignedIn()) redirect(paths.find);
  return (
    <div className="mx-auto grid w-full max-w-[68rem] gap-20 px-4 pt-12 pb-24 sm:pt-24">
      <div className="grid items-center gap-x-16 gap-y-14 lg:grid-cols-[1.1fr_1fr]">
        <div className="grid justify-items-start gap-6">
          <h1 className="text-5xl tracking-tight sm:text-6xl">An hour that suits you both</h1>
          <p className="max-w-[46ch] text-ink-soft text-lg">
            Kumite is where the members of a training community find each other, wherever they live: offer the
            hours you have, book an hour that someone else offers, and meet.
          </p>
          <div className="flex flex-wrap gap-3">
            <ButtonLink href={paths.signUp} variant="primary">
              Sign up
            </ButtonLink>
            <ButtonLink href={paths.signIn}>Sign in</ButtonLink>
          </div>
        </div>
        <TwoClocks />
      </div>
      <ol className="grid gap-x-10 gap-y-8 border-line border-t pt-10 sm:grid-cols-3">
        {steps.map(({ title, text }) => (
          <li key={title} className="grid content-start gap-1.5">
            <h2 className="text-lg">{title}</h2>
            <p className="text-ink-soft">{text}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
