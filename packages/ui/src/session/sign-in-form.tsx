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
  const [phone, setPhone] = useState('')
  const [resendAfterSec, setResendAfterSec] = useState<number | null>(null)
  if (resendAfterSec === null) {
    return <PhoneStep phone={phone} onPhone={setPhone} onSent={setResendAfterSec} />
  }
  return (
    <CodeStep
      phone={phone}
      resendAfterSec={resendAfterSec}
      onOtherPhone={() => setResendAfterSec(null)}
      {...(onDone ? { onDone } : {})}
    />
  )
}

/** A refusal is shown at the field; only a failure to reach the server becomes a toast. */
function useProblem() {
  const [problem, setProblem] = useState<string>()
  const onRefused = (error: ApiError): boolean => {
    setProblem(error.message)
    return error.status > 0
  }
  return { problem, setProblem, onRefused }
}

type PhoneStepProps = {
  phone: string
  onPhone: (phone: string) => void
  onSent: (resendAfterSec: number) => void
}

function PhoneStep({ phone, onPhone, onSent }: PhoneStepProps) {
  const t = useT('ui')
  const { problem, setProblem, onRefused } = useProblem()
  const send = useActionOf(() => api.account.sendCode({ phone }), {
    onDone: ({ resendAfterSec }) => onSent(resendAfterSec),
    onRefused,
  })
  return (
    <form
      className="k-stack"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (phonePattern.test(phone)) send.run(undefined)
        else setProblem(t('signIn.phoneWrong'))
      }}
    >
      <PhoneField value={phone} onChange={onPhone} error={problem} />
      <Button type="submit" tone="primary" size="l" wide busy={send.busy}>
        {t('signIn.send')}
      </Button>
      <p className="k-muted">{t('signIn.hint')}</p>
    </form>
  )
}

type CodeStepProps = {
  phone: string
  resendAfterSec: number
  onOtherPhone: () => void
  onDone?: () => void
}

function CodeStep({ phone, resendAfterSec, onOtherPhone, onDone }: CodeStepProps) {
  const t = useT('ui')
  const setMe = useSetMe()
  const [code, setCode] = useState('')
  const { problem, setProblem, onRefused } = useProblem()
  const { left, start } = useSecondsLeft(resendAfterSec)
  const resend = useActionOf(() => api.account.sendCode({ phone }), {
    onDone: reply => {
      setProblem(undefined)
      start(reply.resendAfterSec)
    },
    onRefused,
  })
  const signIn = useActionOf(
    (digits: string) => api.account.signIn({ phone, code: digits, transport: 'cookie' }),
    {
      onDone: ({ me }) => {
        setMe(me)
        onDone?.()
      },
      onRefused(error) {
        setCode('')
        return onRefused(error)
      },
    },
  )
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
      <Button disabled={left > 0} busy={resend.busy} onClick={() => resend.run(undefined)}>
        {left > 0 ? t('signIn.again', { count: left }) : t('signIn.resend')}
      </Button>
      <Button tone="plain" onClick={onOtherPhone}>
        {t('signIn.otherPhone')}
      </Button>
    </div>
  )
}

function useSecondsLeft(firstSec: number) {
  const [left, setLeft] = useState(firstSec)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1_000)
    return () => clearTimeout(timer)
  }, [left])
  return { left, start: setLeft }
}
