import { useT } from '@kaibo/ui/i18n.ts'
import { SignInForm } from '@kaibo/ui/session/sign-in-form.tsx'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { MainNav } from './main-nav.tsx'

/** What a visitor sees where a person is needed. */
export function SignInPage({ title }: { title: string }) {
  const t = useT('ui')
  return (
    <Page bar={<AppBar title={title} />} foot={<MainNav />}>
      <section className="k-card">
        <h2>{t('signIn.title')}</h2>
        <SignInForm />
      </section>
    </Page>
  )
}
