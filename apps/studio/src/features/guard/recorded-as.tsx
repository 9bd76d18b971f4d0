import { useT } from '@kaibo/ui/i18n.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useMyShop } from '../account/my-shop.tsx'

/** Under whose name a dangerous action goes into the records. */
export function RecordedAs() {
  const t = useT()
  const { user } = useMe()
  const { role } = useMyShop()
  return (
    <p className="k-muted">
      {t('guard.recordedAs', { name: user?.nickname, role: t(`role.${role}`) })}
    </p>
  )
}
