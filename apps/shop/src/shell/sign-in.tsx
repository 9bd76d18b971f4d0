import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { SignInForm } from '@kaibo/ui/session/sign-in-form.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { createStore } from './store.ts'

/** What to do once the visitor has signed in; null while nobody asks. */
const wanted = createStore<{ then: () => void } | null>(null)

/** The sheet in which a visitor signs in; it lies over any page and disturbs none. */
export function SignInSheet() {
  const t = useT('ui')
  const asked = wanted.use()
  const close = () => wanted.set(null)
  return (
    <Sheet open={asked !== null} onClose={close} title={t('signIn.title')} theme="paper">
      <SignInForm
        onDone={() => {
          close()
          asked?.then()
        }}
      />
    </Sheet>
  )
}

/** Runs what needs a person: at once, or after the visitor has signed in. */
export function useSignedIn(): (then: () => void) => void {
  const { user } = useMe()
  return then => {
    if (user) then()
    else wanted.set({ then })
  }
}
