import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { Pages } from './use-pages.ts'

/** Back and forth; a single page needs none. */
export function Pager<T>({ pages }: { pages: Pages<T> }) {
  const t = useT()
  if (pages.pageNumber === 1 && !pages.hasNext) return null
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      <Button size="s" disabled={pages.pageNumber === 1} onClick={pages.previous}>
        {t('pager.previous')}
      </Button>
      <span className="k-muted k-num">{t('pager.page', { number: pages.pageNumber })}</span>
      <Button size="s" disabled={!pages.hasNext} busy={pages.isTurning} onClick={pages.next}>
        {t('pager.next')}
      </Button>
    </nav>
  )
}
