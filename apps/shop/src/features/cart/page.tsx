import type { CartLine } from '@kaibo/contract/trade/cart'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { MainNav } from '../../shell/main-nav.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { newDraft } from '../checkout/draft.ts'
import { keptDraft } from '../checkout/kept-draft.ts'
import { useSignedIn } from '../sign-in/sheet.tsx'
import './cart.css'
import { ChangeSkuSheet } from './change-sku-sheet.tsx'
import { CartFoot } from './foot.tsx'
import { InvalidLines } from './invalid-lines.tsx'
import { draftLines, pricedBySku, sourceOf, tooMuch } from './model.ts'
import { ShopGroup } from './shop-group.tsx'
import { useCart } from './use-cart.ts'
import { useTotal } from './use-total.ts'

/** What the buyer means to buy, shop by shop, and what it would cost now. */
export function CartPage() {
  const t = useT()
  const [, go] = useLocation()
  const whenSignedIn = useSignedIn()
  const [edited, setEdited] = useState<CartLine | null>(null)
  const cart = useCart()
  const { cart: shown } = cart
  const total = useTotal(shown, Boolean(cart.user))
  const priced = pricedBySku(total.preview)
  usePageTitle(t('cart.title'))
  const checkOut = () => {
    if (!shown) return
    const lines = draftLines(shown)
    const much = tooMuch(lines)
    if (much) return toast.error(t(`cart.tooMany.${much}`))
    keptDraft.set(newDraft(lines, { source: sourceOf(shown), isFromCart: true }))
    whenSignedIn(() => go('/checkout'))
  }
  const isEmpty = shown && shown.shops.length === 0 && shown.invalid.length === 0
  return (
    <Page
      bar={<AppBar title={t('cart.title')} />}
      foot={
        <>
          {shown && shown.shops.length > 0 && (
            <CartFoot cart={shown} total={total} onSelect={cart.select} onCheckOut={checkOut} />
          )}
          <MainNav />
        </>
      }
    >
      {cart.error && !shown && (
        <Trouble error={cart.error} onRetry={cart.retry} busy={cart.isAsking} />
      )}
      {!shown && !cart.error && <SkeletonList rows={5} />}
      {isEmpty && (
        <Empty
          icon="cart"
          title={t('cart.empty')}
          action={<Button onClick={() => go('/')}>{t('notFound.home')}</Button>}
        >
          {t('cart.emptyHint')}
        </Empty>
      )}
      {shown && !isEmpty && (
        <div className="k-stack cart">
          {shown.shops.map(group => (
            <ShopGroup
              key={group.shop.id}
              group={group}
              priced={priced}
              cart={cart}
              onChangeSku={setEdited}
            />
          ))}
          <InvalidLines lines={shown.invalid} onRemove={cart.remove} />
        </div>
      )}
      <ChangeSkuSheet line={edited} onClose={() => setEdited(null)} onChange={cart.changeSku} />
    </Page>
  )
}
