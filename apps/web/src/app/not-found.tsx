import { StandaloneMessage } from "#components/shell/standalone-message.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "There is no such page" };

export default function NotFound() {
  return (
    <StandaloneMessage title="There is no such page" detail="The link may be old or incomplete.">
      <a href={paths.landing} className="link">
        Go to the home page
      </a>
    </StandaloneMessage>
  );
}
