import type { Viewed } from '@kaibo/contract/people/history'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { Link } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import '../favourite/favourite.css'
import { PriceNow } from '../goods/price-now.tsx'
import { useDealOf } from '../goods/use-deal-of.ts'
import { SignInPage } from '../sign-in/page.tsx'

/** What I looked at, day by day; mine to clear. */
export function HistoryPage() {
  const t = useT()
  const { user } = useMe()
  const [isAsking, setAsking] = useState(false)
  const query = useQueryOf(['history'], () => api.history.list(), { enabled: Boolean(user) })
  const refresh = [['history']]
  const clear = useActionOf(() => api.history.clear(), {
    refresh,
    onDone: () => setAsking(false),
  })
  const forget = useActionOf(api.history.forget, { refresh })
  usePageTitle(t('history.title'))
  if (user === null) return <SignInPage title={t('history.title')} />
  const items = query.data?.items
  const hasItems = items !== undefined && items.length > 0
  const clearButton = hasItems && (
    <Button size="s" tone="plain" onClick={() => setAsking(true)}>
      {t('history.clear')}
    </Button>
  )
  return (
    <Page bar={<AppBar title={t('history.title')} onBack={goBack} actions={clearButton} />}>
      {query.error && !items && (
        <Trouble error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />
      )}
      {!items && !query.error && <SkeletonList rows={5} />}
      {items?.length === 0 && (
        <Empty icon="clock" title={t('history.empty')}>
          {t('history.emptyHint')}
        </Empty>
      )}
      {hasItems && <Days items={items} onForget={productId => forget.run({ productId })} />}
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => clear.run(undefined)}
        busy={clear.busy}
        title={t('history.clearAsk')}
        confirmLabel={t('history.clear')}
        tone="danger"
      >
        {t('history.clearHint')}
      </Dialog>
    </Page>
  )
}

type DaysProps = { items: readonly Viewed[]; onForget: (productId: string) => void }

function Days({ items, onForget }: DaysProps) {
  const format = useFormat()
  const days = Map.groupBy(items, item => format.date(item.viewedAt))
  return (
    <div className="k-stack">
      {[...days].map(([day, own]) => (
        <section key={day} aria-label={day}>
          <h2 className="history-day">{day}</h2>
          <ul className="kept-list">
            {own.map(({ product }) => (
              <Row key={product.id} product={product} onForget={() => onForget(product.id)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Row({ product, onForget }: { product: Viewed['product']; onForget: () => void }) {
  const t = useT()
  const isOff = product.state !== 'on_shelf'
  return (
    <li className="k-card kept-row" data-off={isOff || undefined}>
      <Link href={`/product/${product.id}`} className="kept-main">
        <span className="kept-picture">
          {product.pictureUrl && <img src={product.pictureUrl} alt="" loading="lazy" />}
        </span>
        <span className="kept-text">
          <strong className="k-clamp">{product.title}</strong>
          {isOff && (
            <span className="kept-marks">
              <Badge>{t('favourite.off')}</Badge>
            </span>
          )}
          <PriceNow product={product} deal={useDealOf(product.id)} />
        </span>
      </Link>
      <IconButton
        icon="close"
        label={t('history.forget', { title: product.title })}
        onClick={onForget}
      />
    </li>
  )
}
