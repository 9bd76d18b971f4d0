import mark from '@kaibo/ui/brand/favicon.svg'
import { useT } from '@kaibo/ui/i18n.ts'
import { SignInForm } from '@kaibo/ui/session/sign-in-form.tsx'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { MainNav } from '../../shell/main-nav.tsx'
import './sign-in.css'

/** What a visitor sees where a person is needed. */
export function SignInPage({ title }: { title: string }) {
  const t = useT()
  const kitT = useT('ui')
  return (
    <Page bar={<AppBar title={title} />} foot={<MainNav />}>
      <section className="sign-in">
        <img className="sign-in-mark" src={mark} alt="" />
        <div className="sign-in-head">
          <h2>{kitT('signIn.title')}</h2>
          <p className="k-muted">{t('signIn.why')}</p>
        </div>
        <SignInForm />
      </section>
    </Page>
  )
}
