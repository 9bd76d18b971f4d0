import { useT } from '@kaibo/ui/i18n.ts'
import { SignInForm } from '@kaibo/ui/session/sign-in-form.tsx'
import { Welcome } from './welcome.tsx'

export function SignInPage() {
  const t = useT()
  return (
    <Welcome title={t('welcome.signIn')}>
      <SignInForm />
    </Welcome>
  )
}
