import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Input } from 'antd'
import { useState } from 'react'
import { ProductPicker } from '../../components/form/product-picker.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { specText } from '../orders/model.ts'
import type { GoodsRow } from './draft.ts'

type GoodsRowsProps = {
  label: string
  hint?: string
  rows: readonly GoodsRow[]
  onChange: (rows: GoodsRow[]) => void
  /** What is typed beside each of them. */
  typed: 'price' | 'quantity'
  max: number
  error?: string | undefined
}

/** Chosen SKUs with a price or a quantity for each; products are chosen, single variants removed. */
export function GoodsRows({ label, hint, rows, onChange, typed, max, error }: GoodsRowsProps) {
  const t = useT()
  const shop = useMyShop()
  const [isPicking, setPicking] = useState(false)
  const text = typed === 'price' ? '' : '1'
  const add = useActionOf(
    (cards: readonly ProductCard[]) =>
      Promise.all(cards.map(({ id }) => api.catalog.manageView({ shopId: shop.id, id }))),
    {
      onDone: products => {
        const found = products.flatMap(product =>
          product.skus.map(sku => ({
            ...{ skuId: sku.id, productId: product.id, title: product.title, spec: sku.spec },
            ...{ pictureUrl: product.pictureUrls[0] ?? null, listPriceFen: sku.priceFen, text },
          })),
        )
        const fresh = found.filter(row => rows.every(({ skuId }) => skuId !== row.skuId))
        onChange([...rows, ...fresh].slice(0, max))
      },
    },
  )
  const change = (skuId: string, typedText: string) =>
    onChange(rows.map(row => (row.skuId === skuId ? { ...row, text: typedText } : row)))
  const remove = (skuId: string) => onChange(rows.filter(row => row.skuId !== skuId))
  return (
    <section className="goods" aria-label={label}>
      <div className="goods-head">
        <h3>{label}</h3>
        <Button size="s" icon="plus" busy={add.busy} onClick={() => setPicking(true)}>
          {t('promotions.addGoods')}
        </Button>
      </div>
      {hint && <p className="k-muted">{hint}</p>}
      {rows.length > 0 && (
        <ul className="goods-list">
          {rows.map(row => (
            <Row key={row.skuId} {...{ row, typed }} onChange={change} onRemove={remove} />
          ))}
        </ul>
      )}
      {error && (
        <p className="goods-error" role="alert">
          {error}
        </p>
      )}
      <ProductPicker
        open={isPicking}
        shopId={shop.id}
        max={20}
        onClose={() => setPicking(false)}
        onPick={cards => add.run(cards)}
      />
    </section>
  )
}

type RowProps = {
  row: GoodsRow
  typed: 'price' | 'quantity'
  onChange: (skuId: string, text: string) => void
  onRemove: (skuId: string) => void
}

function Row({ row, typed, onChange, onRemove }: RowProps) {
  const t = useT()
  const name = `${row.title} ${specText(row.spec)}`
  return (
    <li className="goods-row">
      {row.pictureUrl && <img className="thumb" src={row.pictureUrl} alt="" />}
      <span className="goods-name">
        <span className="k-clamp">{row.title}</span>
        <small className="k-muted">{specText(row.spec)}</small>
      </span>
      <Price fen={row.listPriceFen} size="s" tone="plain" />
      <Input
        className="goods-typed"
        aria-label={t(`promotions.typed.${typed}`, { name })}
        prefix={typed === 'price' ? '¥' : '×'}
        inputMode={typed === 'price' ? 'decimal' : 'numeric'}
        maxLength={typed === 'price' ? 11 : 2}
        value={row.text}
        onChange={event => onChange(row.skuId, event.target.value)}
      />
      <IconButton
        icon="close"
        label={t('promotions.removeGoods', { name })}
        onClick={() => onRemove(row.skuId)}
      />
    </li>
  )
}
