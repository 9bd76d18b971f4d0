import type { Product } from '@kaibo/contract/goods/catalog'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { ProductGrid } from '../goods/product-grid.tsx'
import { specsOf } from './model.ts'

/** Leads to the choice of a variant; names what there is to choose. */
export function SpecRow({ product, onPress }: { product: Product; onPress: () => void }) {
  const t = useT()
  const specs = specsOf(product, {})
  const what = specs.map(({ name, values }) => `${name} × ${values.length}`).join('　')
  return (
    <button type="button" className="product-row" onClick={onPress}>
      <span className="product-row-name">{t('product.specs')}</span>
      <span className="k-clamp" style={{ '--lines': 1 }}>
        {what || t('product.choose')}
      </span>
      <Icon name="chevron" />
    </button>
  )
}

/** Where it is sold to, what sending costs, what can be returned: before one asks. */
export function Services({ product }: { product: Product }) {
  const t = useT()
  const { isVirtual, noReturn, regionCodes, limitPerBuyer } = product
  const sending = isVirtual ? 'virtual' : regionCodes ? 'someRegions' : 'everywhere'
  const lines = [
    t(`product.sending.${sending}`),
    noReturn ? t(`product.noReturn.${noReturn}`) : t('product.mayReturn'),
    ...(limitPerBuyer ? [t('product.limit', { count: limitPerBuyer })] : []),
  ]
  return (
    <div className="product-row product-services">
      <span className="product-row-name">{t('product.service')}</span>
      <ul>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

/** Who sells it. */
export function ShopCard({ shopId }: { shopId: string }) {
  const t = useT()
  const shop = useQueryOf(['shop', shopId], () => api.shop.view({ id: shopId }))
  if (shop.isPending) return <Skeleton height="74px" />
  if (!shop.data) return null
  return (
    <Link className="product-shop" href={`/shop/${shopId}`}>
      <Avatar name={shop.data.name} src={shop.data.logoUrl} size={48} />
      <span className="product-shop-text">
        <strong className="k-clamp" style={{ '--lines': 1 }}>
          {shop.data.name}
        </strong>
        <span className="k-muted k-clamp" style={{ '--lines': 1 }}>
          {shop.data.intro}
        </span>
      </span>
      <span className="product-shop-go">{t('room.toShop')}</span>
    </Link>
  )
}

/** Others like it; not there when there are none. */
export function Similar({ productId }: { productId: string }) {
  const t = useT()
  const query = useQueryOf(['similar', productId], () => api.search.similar({ id: productId }))
  const hits = query.data?.items ?? []
  if (hits.length === 0) return null
  return (
    <section className="product-similar">
      <h2>{t('product.similar')}</h2>
      <ProductGrid hits={hits} />
    </section>
  )
}
