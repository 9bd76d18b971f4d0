import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe, useSignOut } from '@kaibo/ui/session/use-me.ts'
import { Door } from './door.tsx'

/** Signed in, but nobody's staff yet. */
export function NoShopPage() {
  const t = useT()
  const { user } = useMe()
  const signOut = useSignOut()
  return (
    <Door title={t('noShop.title')}>
      <p>{t('noShop.hint', { name: user?.nickname })}</p>
      <a className="k-button" data-tone="primary" data-size="l" data-wide href="/studio/">
        {t('noShop.open')}
      </a>
      <Button tone="plain" busy={signOut.busy} onClick={() => signOut.run(undefined)}>
        {t('account.signOut')}
      </Button>
    </Door>
  )
}
