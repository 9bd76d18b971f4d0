import type { NextProduct } from '@kaibo/contract/show/insight'
import type { BagItem } from '@kaibo/contract/show/showcase'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import type { MyShop } from '../account/model.ts'
import { Suggestion } from '../insight/suggestion.tsx'
import { ProductPicker } from '../picker/product-picker.tsx'
import { PriceDialog } from '../prices/price-dialog.tsx'
import type { RoomPrices } from '../prices/use-room-prices.ts'
import './bag.css'
import { BagList } from './bag-list.tsx'
import { addProducts } from './model.ts'

import type { useBag } from './use-bag.ts'

type BagPanelProps = {
  shop: MyShop
  liveId: string
  state: ReturnType<typeof useBag>
  /** What to explain next; null after the end. */
  next: NextProduct | null | undefined
  prices: RoomPrices
  /** To look at only: the session has ended, or somebody else runs the bag. */
  isLocked: boolean
}

/** 小黄车: what is sold in this session, in the order of the numbers said aloud. */
export function BagPanel(props: BagPanelProps) {
  const { shop, liveId, state, next, prices, isLocked } = props
  const t = useT()
  const [isPicking, setPicking] = useState(false)
  const [words, setWords] = useState('')
  const [priced, setPriced] = useState<BagItem | null>(null)
  const { bag, lane, query } = state
  const items = bag?.items ?? []
  return (
    <section className="desk-panel bag-panel" aria-label={t('bag.title')}>
      <header className="desk-panel-head">
        <h2>
          {t('bag.title')} {items.length > 0 && <small className="k-num">{items.length}</small>}
        </h2>
        {items.length > 0 && <Search words={words} onWords={setWords} />}
        {!isLocked && (
          <Button icon="plus" disabled={!bag} onClick={() => setPicking(true)}>
            {t('bag.add')}
          </Button>
        )}
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
          {!isLocked && <Suggestion next={next} onExplain={lane.explain} />}
          <BagList
            shop={shop}
            liveId={liveId}
            bag={bag}
            lane={lane}
            words={words}
            prices={prices}
            isLocked={isLocked}
            onPrice={setPriced}
          />
          {!isLocked && <p className="bag-keys">{t('bag.keys')}</p>}
        </>
      )}
      <PriceDialog shopId={shop.id} liveId={liveId} item={priced} onClose={() => setPriced(null)} />
      <ProductPicker
        shopId={shop.id}
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

function Search({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const t = useT()
  return (
    <input
      className="bag-search k-input"
      type="search"
      aria-label={t('bag.search')}
      placeholder={t('bag.search')}
      value={words}
      onChange={event => onWords(event.target.value)}
    />
  )
}
