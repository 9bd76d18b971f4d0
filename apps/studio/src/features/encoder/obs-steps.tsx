import { useT } from '@kaibo/ui/i18n.ts'
import './encoder.css'

const steps = ['open', 'paste', 'output', 'start'] as const

/** How to set up OBS Studio. */
export function ObsSteps() {
  const t = useT()
  return (
    <ol className="obs-steps">
      {steps.map(step => (
        <li key={step}>{t(`obs.${step}`)}</li>
      ))}
    </ol>
  )
}
