import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { troubleOf } from './model.ts'
import type { Health } from './use-health.ts'

/** Why the server did not take the last encoder, and what to change in it. */
export function TroubleNote({ health }: { health: Health }) {
  const t = useT()
  const trouble = troubleOf(health.now)
  if (!trouble) return null
  return (
    <div className="health-trouble" role="alert">
      <Icon name="warning" />
      <p>
        <b>{t(`health.trouble.${trouble}.title`)}</b> {t(`health.trouble.${trouble}.advice`)}
      </p>
    </div>
  )
}
