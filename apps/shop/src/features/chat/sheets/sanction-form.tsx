import type { Person } from '@kaibo/contract/people/account'
import type { SanctionKind } from '@kaibo/contract/show/moderation'
import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import type { Chat } from '../use-chat.ts'

const kinds = ['mute', 'kick', 'ban'] as const satisfies readonly SanctionKind[]
/** How long, as the keys of the words; a kick is always for a minute. */
const durations = {
  mute: { min10: 600, hour: 3_600, day: 86_400, forGood: null },
  kick: {},
  ban: { day: 86_400, month: 30 * 86_400, forGood: null },
} as const satisfies Record<SanctionKind, Record<string, number | null>>

type SanctionFormProps = {
  place: { shopId: string; liveId: string }
  chat: Chat
  person: Person
  onDone: () => void
}

/** Mutes, kicks or bans the writer of a message. It can be taken back for a while, and in the studio. */
export function SanctionForm({ place, chat, person, onDone }: SanctionFormProps) {
  const t = useT()
  const [kind, setKind] = useState<SanctionKind>('mute')
  const [duration, setDuration] = useState('min10')
  const [removesComments, setRemoves] = useState(false)
  const lengths: Readonly<Record<string, number | null>> = durations[kind]
  const lift = useActionOf((id: string) => api.moderation.lift({ shopId: place.shopId, id }), {
    onDone: () => toast.success(t('chat.lifted', { name: person.nickname })),
  })
  const sanction = useActionOf(
    () =>
      api.moderation.sanction({
        ...{ shopId: place.shopId, id: place.liveId, sanctionId: newId() },
        ...{ userId: person.id, kind, removesComments },
        durationSec: lengths[duration] ?? null,
        reason: '',
      }),
    {
      onDone(made) {
        if (removesComments) chat.feed.remove(({ comment }) => comment.author.id === person.id)
        toast.offer(t(`chat.did.${kind}`, { name: person.nickname }), {
          label: t('chat.undo'),
          act: () => lift.run(made.id),
        })
        onDone()
      },
    },
  )
  const choose = (next: SanctionKind) => {
    setKind(next)
    setDuration(Object.keys(durations[next])[0] ?? '')
  }
  return (
    <form
      className="k-stack"
      onSubmit={event => {
        event.preventDefault()
        sanction.run(null)
      }}
    >
      <Choices
        label={t('chat.sanction', { name: person.nickname })}
        options={kinds.map(value => ({ value, label: t(`chat.do.${value}`) }))}
        value={kind}
        onChange={choose}
      />
      <p className="k-muted">{t(`chat.means.${kind}`)}</p>
      {kind !== 'kick' && (
        <Choices
          label={t('chat.howLong')}
          options={Object.keys(lengths).map(value => ({ value, label: t(`chat.for.${value}`) }))}
          value={duration}
          onChange={setDuration}
        />
      )}
      <Switch label={t('chat.alsoRemove')} checked={removesComments} onChange={setRemoves} />
      <Button type="submit" tone="danger" size="l" wide busy={sanction.busy}>
        {t(`chat.do.${kind}`)}
      </Button>
    </form>
  )
}
