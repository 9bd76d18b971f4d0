import type { Person } from '@kaibo/contract/people/account'
import { Button } from '@kaibo/ui/control/button.tsx'
import { PhoneField } from '@kaibo/ui/control/phone-field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { type FormEvent, useState } from 'react'
import { Candidate } from './candidate.tsx'

type FindByPhoneProps = {
  shopId: string
  /** People of the team. */
  without: readonly string[]
  onChoose: (person: Person) => void
}

const phoneDigits = 11

/** Somebody whose phone number one knows, in full; the numbers of a day are counted. */
export function FindByPhone({ shopId, without, onChoose }: FindByPhoneProps) {
  const t = useT()
  const [phone, setPhone] = useState('')
  const [found, setFound] = useState<Person | null>()
  const find = useActionOf(() => api.moderation.find({ shopId, phone }), {
    onDone: ({ person }) => setFound(person),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (phone.length === phoneDigits) find.run(undefined)
  }
  const isMember = found ? without.includes(found.id) : false
  return (
    <form className="team-find" onSubmit={submit}>
      <PhoneField
        value={phone}
        onChange={digits => {
          setPhone(digits)
          setFound(undefined)
        }}
      />
      <Button type="submit" busy={find.busy} disabled={phone.length !== phoneDigits}>
        {t('team.find')}
      </Button>
      <div className="team-found" role="status">
        {found === null && <p className="k-muted">{t('team.notFound')}</p>}
        {isMember && <p className="k-muted">{t('team.isMember')}</p>}
      </div>
      {found && !isMember && (
        <ul className="team-rows">
          <Candidate person={found} onChoose={onChoose} />
        </ul>
      )}
    </form>
  )
}
