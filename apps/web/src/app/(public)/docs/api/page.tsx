import { PageHeader } from "#components/ui/page-header.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { ApiPage } from "#features/api-docs/api-page.tsx";
import { fetchDocument } from "#features/api-docs/document.ts";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "The API" };

export default async function ApiDocsPage() {
  const document = await fetchDocument().catch(() => undefined);
  if (document) return <ApiPage document={document} />;
  return (
    <div className="mx-auto w-full max-w-[68rem] px-4 pt-8">
      <PageHeader title={metadata.title} />
      <EmptyState
        title="The API does not answer"
        action={
          <a className="link" href={paths.apiDocs}>
            Try again
          </a>
        }
      >
        This page needs it. Try again in a moment.
      </EmptyState>
    </div>
  );
}
