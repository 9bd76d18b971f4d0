import type { ApiError } from '@kaibo/client/client'
import { useEffect, useState } from 'react'
import { Button } from '../control/button.tsx'
import { CodeField } from '../control/code-field.tsx'
import { PhoneField } from '../control/phone-field.tsx'
import { api } from '../data/api.tsx'
import { useActionOf } from '../data/hooks.ts'
import { useT } from '../i18n.ts'
import { useSetMe } from './use-me.ts'

const phonePattern = /^1[3-9]\d{9}$/

/** Sign in by phone code: number, six digits, done. */
export function SignInForm({ onDone }: { onDone?: () => void }) {
  const t = useT('ui')
  const setMe = useSetMe()
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [isSent, setSent] = useState(false)
  const [problem, setProblem] = useState<string>()
  const wait = useSecondsLeft()

  const refused = (error: ApiError) => {
    setProblem(error.message)
    setCode('')
    return error.status > 0
  }
  const send = useActionOf(() => api.account.sendCode({ phone }), {
    onDone: ({ resendAfterSec }) => {
      setSent(true)
      setProblem(undefined)
      wait.start(resendAfterSec)
    },
    onRefused: refused,
  })
  const signIn = useActionOf(
    (digits: string) => api.account.signIn({ phone, code: digits, transport: 'cookie' }),
    {
      onDone: ({ me }) => {
        setMe(me)
        onDone?.()
      },
      onRefused: refused,
    },
  )

  if (!isSent) {
    return (
      <form
        className="k-stack"
        onSubmit={event => {
          event.preventDefault()
          if (phonePattern.test(phone)) send.run(undefined)
          else setProblem(t('signIn.phoneWrong'))
        }}
      >
        <PhoneField value={phone} onChange={setPhone} error={problem} />
        <Button type="submit" tone="primary" size="l" wide busy={send.busy}>
          {t('signIn.send')}
        </Button>
        <p className="k-muted">{t('signIn.hint')}</p>
      </form>
    )
  }
  return (
    <div className="k-stack">
      <p className="k-muted">{t('signIn.sent', { phone })}</p>
      <CodeField
        value={code}
        onChange={setCode}
        onComplete={signIn.run}
        error={problem}
        startFocused
      />
      <Button
        tone="primary"
        size="l"
        wide
        busy={signIn.busy}
        disabled={code.length < 6}
        onClick={() => signIn.run(code)}
      >
        {t('signIn.enter')}
      </Button>
      <Button
        tone="plain"
        disabled={wait.left > 0}
        busy={send.busy}
        onClick={() => send.run(undefined)}
      >
        {wait.left > 0 ? t('signIn.again', { count: wait.left }) : t('signIn.resend')}
      </Button>
      <Button tone="plain" onClick={() => setSent(false)}>
        {t('signIn.otherPhone')}
      </Button>
    </div>
  )
}

function useSecondsLeft() {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1_000)
    return () => clearTimeout(timer)
  }, [left])
  return { left, start: setLeft }
}
