import type { BagItem } from '@kaibo/contract/show/showcase'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { type MyShop, may } from '../account/model.ts'
import { GoodsDialog } from '../prices/goods-dialog.tsx'

type RowToolsProps = {
  shop: MyShop
  liveId: string
  item: BagItem
  onTop: () => void
  onPrice: () => void
  onRemove: () => void
}

/** What else can be done with a product of the bag, as far as who sits here may do it. */
export function RowTools({ shop, liveId, item, onTop, onPrice, onRemove }: RowToolsProps) {
  const t = useT()
  const { number, product } = item
  const [isGoods, setGoods] = useState(false)
  const mayStock = may(shop, 'stock.manage') && may(shop, 'catalog.manage')
  const isOn = product.state === 'on_shelf'
  const shelve = useActionOf(
    () =>
      api.catalog.setShelf({
        shopId: shop.id,
        id: product.id,
        state: isOn ? 'off_shelf' : 'on_shelf',
      }),
    { refresh: [['bag', liveId]] },
  )
  return (
    <fieldset className="bag-tools" aria-label={t('bag.toolsOf', { number, title: product.title })}>
      {number > 1 && (
        <Button size="s" icon="pin" onClick={onTop}>
          {t('bag.toTop')}
        </Button>
      )}
      {may(shop, 'live.host') && (
        <Button size="s" icon="bolt" disabled={!isOn} onClick={onPrice}>
          {t('bag.price')}
        </Button>
      )}
      {mayStock && (
        <Button size="s" icon="edit" onClick={() => setGoods(true)}>
          {t('goods.open')}
        </Button>
      )}
      {mayStock && (
        <GoodsDialog
          shopId={shop.id}
          liveId={liveId}
          item={item}
          open={isGoods}
          onClose={() => setGoods(false)}
        />
      )}
      {may(shop, 'catalog.manage') && (
        <Button size="s" busy={shelve.busy} onClick={() => shelve.run(undefined)}>
          {t(isOn ? 'bag.takeOff' : 'bag.putOn')}
        </Button>
      )}
      <Button size="s" icon="trash" onClick={onRemove}>
        {t('bag.drop')}
      </Button>
    </fieldset>
  )
}
