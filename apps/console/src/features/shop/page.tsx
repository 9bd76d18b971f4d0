import type { Shop } from '@kaibo/contract/people/shop'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { ShopForm } from './shop-form.tsx'

/** How buyers see the shop: name, intro, logo. */
export function ShopPage() {
  const t = useT()
  const { id } = useMyShop()
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQueryOf<Shop>(['shop', id, 'profile'], () =>
    api.shop.view({ id }),
  )
  return (
    <PageShell
      title={t('shop.title')}
      hint={t('shop.hint')}
      actions={
        <a className="k-button" data-tone="quiet" href={`/shop/${id}`}>
          {t('shop.toShop')}
        </a>
      }
    >
      {error && !data && <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>}
      {!data && !error && <SkeletonList rows={3} />}
      {data && <ShopForm key={data.id} shop={data} />}
    </PageShell>
  )
}
