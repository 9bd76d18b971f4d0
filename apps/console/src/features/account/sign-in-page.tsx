import { useT } from '@kaibo/ui/i18n.ts'
import { SignInForm } from '@kaibo/ui/session/sign-in-form.tsx'
import { Door } from './door.tsx'

export function SignInPage() {
  const t = useT()
  return (
    <Door title={t('signIn.title')}>
      <p className="k-muted">{t('signIn.hint')}</p>
      <SignInForm />
    </Door>
  )
}
