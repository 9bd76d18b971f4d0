import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect } from 'react'
import { useCode } from '../../shell/use-code.ts'
import { createStore } from './store.ts'

const fetchForm = async () => (await import('@kaibo/ui/session/sign-in-form.tsx')).SignInForm

/** What to do once somebody is signed in; null while nobody asks. */
const wanted = createStore<{ then: () => void } | null>(null)

/** The sheet in which a visitor signs in; it lies over any page and disturbs none. */
export function SignInSheet() {
  const t = useT('ui')
  const { user } = useMe()
  const asked = wanted.use()
  const SignInForm = useCode(fetchForm, asked ? 'now' : 'later')
  useEffect(() => {
    if (!asked || !user) return
    wanted.set(null)
    asked.then()
  }, [asked, user])
  return (
    <Sheet
      open={asked !== null && user === null}
      onClose={() => wanted.set(null)}
      title={t('signIn.title')}
      theme="paper"
      side="end"
    >
      {SignInForm ? <SignInForm /> : <Spinner />}
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
