import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { movedEnd, type Plan, planProblem, titleMax } from './model.ts'
import type { Film } from './use-film.ts'

type PlanFormProps = {
  plan: Plan
  onPlan: (plan: Plan) => void
  film: Film
  atMs: number
  durationMs: number
  onSeek: (ms: number) => void
  onDone: () => void
}

/** From where to where, under which name, on whose page, and how exactly. */
export function PlanForm(props: PlanFormProps) {
  const { plan, onPlan, film, onDone } = props
  const t = useT()
  const products = film.replay.data?.products ?? []
  const options = [
    { value: '', label: t('film.noProduct') },
    ...products.map(({ product }) => ({ value: product.id, label: product.title })),
  ]
  const cut = () => {
    film.cut.run({ ...plan, title: plan.title.trim() })
    onDone()
  }
  return (
    <form
      className="film-plan"
      aria-label={t('film.newClip')}
      onSubmit={event => {
        event.preventDefault()
        if (planProblem(plan) === null) cut()
      }}
    >
      <Ends {...props} />
      <div className="film-fields">
        <TextField
          label={t('film.clipTitle')}
          value={plan.title}
          maxLength={titleMax}
          onChange={event => onPlan({ ...plan, title: event.target.value })}
        />
        <SelectField
          label={t('film.product')}
          options={options}
          value={plan.productId ?? ''}
          onChange={event => onPlan({ ...plan, productId: event.target.value || null })}
        />
      </div>
      <Choices
        label={t('film.mode')}
        options={[
          { value: 'copy', label: t('film.copy') },
          { value: 'exact', label: t('film.exact') },
        ]}
        value={plan.mode}
        onChange={mode => onPlan({ ...plan, mode: mode === 'exact' ? 'exact' : 'copy' })}
      />
      <p className="k-muted">{t(`film.modeHint.${plan.mode}`)}</p>
      <div className="film-buttons">
        <Button tone="plain" onClick={onDone}>
          {t('film.drop')}
        </Button>
        <Button
          tone="primary"
          type="submit"
          busy={film.cut.busy}
          disabled={planProblem(plan) !== null}
        >
          {t('film.cut')}
        </Button>
      </div>
    </form>
  )
}

/** Both ends on the time line: dragged, or taken from where the film stands. */
function Ends({ plan, onPlan, atMs, durationMs, onSeek }: PlanFormProps) {
  const t = useT()
  const { duration } = useFormat()
  const move = (end: 'from' | 'to', ms: number) => {
    const next = movedEnd(plan, { end, ms }, durationMs)
    onPlan(next)
    onSeek(end === 'from' ? next.fromMs : next.toMs)
  }
  const share = (ms: number) => (durationMs > 0 ? ms / durationMs : 0)
  const end = (which: 'from' | 'to', ms: number) => (
    <input
      type="range"
      min={0}
      max={durationMs}
      step={100}
      value={ms}
      aria-label={t(`film.${which}`)}
      aria-valuetext={duration(ms)}
      onChange={event => move(which, Number(event.target.value))}
    />
  )
  const here = (which: 'from' | 'to', ms: number) => (
    <span className="film-end">
      <span className="k-muted">{t(`film.${which}`)}</span>
      <b className="k-num">{duration(ms)}</b>
      <Button size="s" tone="plain" onClick={() => move(which, atMs)}>
        {t('film.here')}
      </Button>
    </span>
  )
  return (
    <fieldset className="film-ends">
      <legend className="k-sr">{t('film.span')}</legend>
      <div
        className="film-span"
        style={{ '--from': share(plan.fromMs), '--share': share(plan.toMs - plan.fromMs) }}
      >
        <i />
        {end('from', plan.fromMs)}
        {end('to', plan.toMs)}
      </div>
      <div className="film-end-row">
        {here('from', plan.fromMs)}
        <span className="k-muted k-num">
          {t('film.length', { time: duration(plan.toMs - plan.fromMs) })}
        </span>
        {here('to', plan.toMs)}
      </div>
    </fieldset>
  )
}
