import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import './bag.css'
import { BagList } from './bag-list.tsx'
import { addProducts } from './model.ts'
import { ProductPicker } from './product-picker.tsx'
import type { useBag } from './use-bag.ts'

type BagPanelProps = {
  shopId: string
  state: ReturnType<typeof useBag>
  /** The session has ended: to look at only. */
  isLocked: boolean
}

/** 小黄车: what is sold in this session, in the order of the numbers said aloud. */
export function BagPanel({ shopId, state, isLocked }: BagPanelProps) {
  const t = useT()
  const [isPicking, setPicking] = useState(false)
  const { bag, lane, query } = state
  const items = bag?.items ?? []
  return (
    <section className="desk-panel bag-panel" aria-label={t('bag.title')}>
      <header className="desk-panel-head">
        <h2>
          {t('bag.title')} {items.length > 0 && <small className="k-num">{items.length}</small>}
        </h2>
        <Button icon="plus" disabled={isLocked || !bag} onClick={() => setPicking(true)}>
          {t('bag.add')}
        </Button>
      </header>
      {!bag && !query.error && <SkeletonList rows={4} />}
      {!bag && query.error && <QueryError of={query} />}
      {bag && items.length === 0 && (
        <Empty icon="bag" title={t('bag.emptyTitle')}>
          {t('bag.emptyHint')}
        </Empty>
      )}
      {bag && items.length > 0 && (
        <>
          <BagList bag={bag} lane={lane} isLocked={isLocked} />
          <p className="bag-keys">{t('bag.keys')}</p>
        </>
      )}
      <ProductPicker
        shopId={shopId}
        open={isPicking}
        onClose={() => setPicking(false)}
        items={items}
        onAdd={cards => {
          lane.arrange(addProducts(items, cards))
          setPicking(false)
        }}
      />
    </section>
  )
}
