import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'
import { canShareScreen } from '../capture/devices.ts'
import type { CaptureProblem } from '../capture/problem.ts'

type ProblemCardProps = {
  problem: CaptureProblem
  liveId: string
  onRetry: () => void
  onScreen: () => void
}

/** Why there is no picture, and every way out that this device has. */
export function ProblemCard({ problem, liveId, onRetry, onScreen }: ProblemCardProps) {
  const t = useT()
  const [, go] = useLocation()
  const canRetry = problem !== 'insecure' && problem !== 'unsupported'
  return (
    <section className="cast-problem" role="alert">
      <Icon name="warning" />
      <h2>{t(`broadcast.problem.${problem}.title`)}</h2>
      <p>{t(`broadcast.problem.${problem}.body`)}</p>
      {canRetry && (
        <Button tone="primary" size="l" wide onClick={onRetry}>
          {t('broadcast.retry')}
        </Button>
      )}
      {canRetry && canShareScreen() && (
        <Button wide onClick={onScreen}>
          {t('broadcast.tool.screen')}
        </Button>
      )}
      <Button wide onClick={() => go(`/live/${liveId}`)}>
        {t('broadcast.encoderInstead')}
      </Button>
    </section>
  )
}
