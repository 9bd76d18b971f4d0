import type { Product } from '@kaibo/contract/goods/catalog'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { useProduct } from '../products/use-products.ts'
import { SkuStock } from './sku-stock.tsx'
import './stock.css'

type StockDrawerProps = { productId: string | null; onClose: () => void }

/** The stock of a product, SKU by SKU. */
export function StockDrawer({ productId, onClose }: StockDrawerProps) {
  const t = useT()
  return (
    <SideDrawer open={productId !== null} onClose={onClose} title={t('stock.title')}>
      {productId && <ProductStock key={productId} productId={productId} />}
    </SideDrawer>
  )
}

function ProductStock({ productId }: { productId: string }) {
  const shop = useMyShop()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useProduct(shop.id, productId)
  if (error && !data) {
    return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  }
  return data ? <SkuChoice product={data} /> : <SkeletonList rows={5} />
}

function SkuChoice({ product }: { product: Product }) {
  const t = useT()
  const [chosenId, setChosenId] = useState<string>()
  const sku = product.skus.find(({ id }) => id === chosenId) ?? product.skus[0]
  if (!sku) return null
  return (
    <div className="k-stack">
      <header className="product-name">
        {product.pictureUrls[0] && <img className="thumb" src={product.pictureUrls[0]} alt="" />}
        <strong>{product.title}</strong>
      </header>
      {product.skus.length > 1 && (
        <SelectField
          label={t('stock.sku')}
          value={sku.id}
          options={product.skus.map(({ id, spec, available }) => ({
            value: id,
            label: t('stock.skuOption', {
              name: Object.values(spec).join(' · '),
              count: available,
            }),
          }))}
          onChange={event => setChosenId(event.target.value)}
        />
      )}
      <SkuStock key={sku.id} skuId={sku.id} />
    </div>
  )
}
