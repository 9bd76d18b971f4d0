import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { lazy, Suspense } from 'react'

const DetailEditor = lazy(async () => ({
  default: (await import('./detail-editor.tsx')).DetailEditor,
}))

type DetailFieldProps = { html: string; onChange: (html: string) => void; disabled: boolean }

/** Text and pictures below the offer; the editor is large and comes by itself. */
export function DetailField(props: DetailFieldProps) {
  const t = useT()
  return (
    <section aria-label={t('product.detail')}>
      <Suspense fallback={<Skeleton height="240px" />}>
        <DetailEditor {...props} />
      </Suspense>
    </section>
  )
}
