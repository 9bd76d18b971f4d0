import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useLocation } from 'wouter'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import { CheckoutFoot, CheckoutForm, hasFoot } from './checkout-form.tsx'
import { keptDraft } from './kept-draft.ts'
import { useCheckout } from './use-checkout.ts'

/** The checkout of several shops at once: what was marked in the cart. */
export function CheckoutPage() {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const draft = keptDraft.use()
  const checkout = useCheckout(user ? draft : null, (orders: readonly Order[]) => {
    keptDraft.set(null)
    go(`/pay?orders=${orders.map(order => order.id).join(',')}`, { replace: true })
  })
  usePageTitle(t('checkout.title'))
  if (user === null) return <SignInPage title={t('checkout.title')} />
  return (
    <Page
      bar={<AppBar title={t('checkout.title')} onBack={() => go('/cart')} />}
      foot={
        draft &&
        hasFoot(checkout) && (
          <div className="checkout-page-foot">
            <CheckoutFoot checkout={checkout} />
          </div>
        )
      }
    >
      {draft ? (
        <CheckoutForm draft={draft} checkout={checkout} onDraft={leave} />
      ) : (
        <Empty
          icon="cart"
          title={t('checkout.nothing')}
          action={<Button onClick={() => go('/cart')}>{t('checkout.toCart')}</Button>}
        />
      )}
    </Page>
  )

  function leave(next: typeof draft): void {
    keptDraft.set(next)
    if (!next) go('/cart')
  }
}
