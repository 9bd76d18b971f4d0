import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { PageShell } from '../../components/page-shell.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { useProduct } from '../products/use-products.ts'
import { ProductFormView } from './product-form.tsx'
import './product-form.css'

/** A new product. */
export function NewProductPage() {
  const t = useT()
  return (
    <PageShell title={t('product.newTitle')} back="/products">
      <ProductFormView product={null} onReload={() => {}} />
    </PageShell>
  )
}

/** A product that exists. */
export function EditProductPage({ productId }: { productId: string }) {
  const t = useT()
  const shop = useMyShop()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useProduct(shop.id, productId)
  // What is typed stays, also when the number of units changes meanwhile.
  const [first, setFirst] = useState(data)
  if (data && !first) setFirst(data)
  return (
    <PageShell title={t('product.editTitle')} back="/products">
      {error && !first && <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>}
      {!first && !error && <SkeletonList rows={5} />}
      {first && (
        <ProductFormView
          key={first.version}
          product={first}
          onReload={() => void refetch().then(({ data: latest }) => latest && setFirst(latest))}
        />
      )}
    </PageShell>
  )
}
