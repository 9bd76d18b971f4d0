import type { Person } from '@kaibo/contract/people/account'
import type { TeamMember } from '@kaibo/contract/show/moderation'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { teamKey } from '../guard/keys.ts'
import { appointedRoles } from '../guard/model.ts'
import { RecordedAs } from '../guard/recorded-as.tsx'

type MemberRowProps = {
  shopId: string
  member: TeamMember
  canChange: boolean
  onChange: (person: Person) => void
}

/** One person of the team; roles that were given here can be changed and taken back here. */
export function MemberRow({ shopId, member, canChange, onChange }: MemberRowProps) {
  const t = useT()
  const format = useFormat()
  const [isAsking, setAsking] = useState(false)
  const { person, role, since } = member
  const dismiss = useActionOf(() => api.moderation.dismiss({ shopId, userId: person.id }), {
    refresh: [teamKey(shopId)],
    onDone: () => setAsking(false),
  })
  const isAppointed = appointedRoles.some(appointed => appointed === role)
  return (
    <li className="team-row">
      <Avatar name={person.nickname} src={person.avatarUrl} size={40} />
      <div className="team-words">
        <strong>{person.nickname}</strong>
        <p className="k-muted k-num">{t('team.since', { at: format.date(since) })}</p>
      </div>
      <Badge tone={isAppointed ? 'info' : 'accent'}>{t(`role.${role}`)}</Badge>
      {canChange && isAppointed && (
        <span className="k-row">
          <Button
            size="s"
            aria-label={t('team.changeOf', { name: person.nickname })}
            onClick={() => onChange(person)}
          >
            {t('team.change')}
          </Button>
          <Button
            size="s"
            aria-label={t('team.dismissOf', { name: person.nickname })}
            onClick={() => setAsking(true)}
          >
            {t('team.dismiss')}
          </Button>
        </span>
      )}
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => dismiss.run(undefined)}
        busy={dismiss.busy}
        tone="danger"
        title={t('team.dismissTitle', { name: person.nickname })}
        confirmLabel={t('team.dismiss')}
      >
        <p>{t('team.dismissBody')}</p>
        <RecordedAs />
      </Dialog>
    </li>
  )
}
