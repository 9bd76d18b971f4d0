import type { Person } from '@kaibo/contract/people/account'
import type { AppointedRole } from '@kaibo/contract/show/moderation'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { teamKey } from './keys.ts'
import { appointedRoles } from './model.ts'
import { RecordedAs } from './recorded-as.tsx'

type AppointDialogProps = {
  shopId: string
  /** Whom; null = nobody is asked about. */
  person: Person | null
  onClose: () => void
}

/** Makes somebody an assistant or a moderator of the shop's rooms. */
export function AppointDialog({ shopId, person, onClose }: AppointDialogProps) {
  const t = useT()
  const [role, setRole] = useState<AppointedRole>('moderator')
  const appoint = useActionOf(
    ({ id }: Person) => api.moderation.appoint({ shopId, userId: id, role }),
    {
      refresh: [teamKey(shopId)],
      onDone(member) {
        toast.success(
          t('team.done', { name: member.person.nickname, role: t(`role.${member.role}`) }),
        )
        onClose()
      },
    },
  )
  return (
    <Dialog
      open={person !== null}
      onClose={onClose}
      onConfirm={() => person && appoint.run(person)}
      busy={appoint.busy}
      title={t('team.appointTitle', { name: person?.nickname })}
      confirmLabel={t('team.appoint')}
    >
      <div className="k-stack desk-form">
        <Choices
          label={t('team.as')}
          options={appointedRoles.map(value => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={setRole}
        />
        <p className="k-muted">{t(`team.means.${role}`)}</p>
        <RecordedAs />
      </div>
    </Dialog>
  )
}
