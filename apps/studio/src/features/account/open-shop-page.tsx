import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMe, useSignOut } from '@kaibo/ui/session/use-me.ts'
import { useState } from 'react'
import { Welcome } from './welcome.tsx'

const nameMax = 30
const nameMin = 2

/** First time here: a name, and the shop is open. */
export function OpenShopPage() {
  const t = useT()
  const { user, shops } = useMe()
  const signOut = useSignOut()
  const [id] = useState(() => newId())
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string>()
  const open = useActionOf(() => api.shop.open({ id, name: name.trim() }), {
    refresh: [['me']],
    onRefused: error => {
      setProblem(error.message)
      return error.status > 0
    },
  })
  return (
    <Welcome title={t('openShop.title')}>
      <p className="k-muted">
        {shops.length > 0 ? t('openShop.clerk') : t('openShop.hint', { name: user?.nickname })}
      </p>
      <form
        className="k-stack"
        onSubmit={event => {
          event.preventDefault()
          if ([...name.trim()].length < nameMin) setProblem(t('openShop.tooShort'))
          else open.run(undefined)
        }}
      >
        <TextField
          label={t('openShop.name')}
          placeholder={t('openShop.example')}
          hint={t('openShop.nameHint')}
          value={name}
          maxLength={nameMax}
          error={problem}
          onChange={event => {
            setName(event.target.value)
            setProblem(undefined)
          }}
        />
        <Button type="submit" tone="primary" size="l" wide busy={open.busy}>
          {t('openShop.open')}
        </Button>
      </form>
      <Button tone="plain" busy={signOut.busy} onClick={() => signOut.run(undefined)}>
        {t('account.signOut')}
      </Button>
    </Welcome>
  )
}
