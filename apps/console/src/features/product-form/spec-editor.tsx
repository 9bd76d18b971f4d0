import { newId } from '@kaibo/kernel/ids'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Input } from 'antd'
import { lengthMax } from './form-model.ts'
import { type Spec, type SpecValue, specCountMax } from './spec-model.ts'

type SpecEditorProps = {
  specs: readonly Spec[]
  onChange: (specs: readonly Spec[]) => void
  error: string | undefined
}

/** The specs of a product and their values; the last empty box grows a new value. */
export function SpecEditor({ specs, onChange, error }: SpecEditorProps) {
  const t = useT()
  const replace = (changed: Spec) =>
    onChange(specs.map(spec => (spec.id === changed.id ? changed : spec)))
  return (
    <div className="k-stack">
      {specs.map((spec, index) => (
        <SpecBox
          key={spec.id}
          spec={spec}
          number={index + 1}
          onChange={replace}
          onRemove={() => onChange(specs.filter(each => each.id !== spec.id))}
        />
      ))}
      {specs.length < specCountMax && (
        <Button
          size="s"
          icon="plus"
          className="spec-add"
          onClick={() => onChange([...specs, { id: newId(), name: '', values: [] }])}
        >
          {t('product.addSpec')}
        </Button>
      )}
      {error && (
        <p className="k-field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

type SpecBoxProps = {
  spec: Spec
  number: number
  onChange: (spec: Spec) => void
  onRemove: () => void
}

function SpecBox({ spec, number, onChange, onRemove }: SpecBoxProps) {
  const t = useT()
  const label = spec.name.trim() || t('product.specNumber', { number })
  const write = (value: SpecValue, text: string) =>
    onChange({
      ...spec,
      values: spec.values.map(each => (each.id === value.id ? { ...each, text } : each)),
    })
  return (
    <fieldset className="spec">
      <legend className="k-sr">{label}</legend>
      <div className="spec-name">
        <Input
          aria-label={t('product.specName', { number })}
          placeholder={t('product.specNameExample')}
          value={spec.name}
          maxLength={lengthMax.spec}
          onChange={event => onChange({ ...spec, name: event.target.value })}
        />
        <IconButton
          icon="close"
          label={t('product.removeSpec', { name: label })}
          onClick={onRemove}
        />
      </div>
      <div className="spec-values">
        {spec.values.map((value, index) => (
          <span key={value.id} className="spec-value">
            <Input
              aria-label={t('product.specValue', { name: label, number: index + 1 })}
              value={value.text}
              maxLength={lengthMax.value}
              onChange={event => write(value, event.target.value)}
            />
            <IconButton
              icon="close"
              label={t('product.removeValue', { value: value.text || index + 1 })}
              onClick={() =>
                onChange({ ...spec, values: spec.values.filter(each => each.id !== value.id) })
              }
            />
          </span>
        ))}
        <Button
          size="s"
          icon="plus"
          aria-label={t('product.addValueTo', { name: label })}
          onClick={() => onChange({ ...spec, values: [...spec.values, { id: newId(), text: '' }] })}
        >
          {t('product.addValue')}
        </Button>
      </div>
    </fieldset>
  )
}
