import { useId } from 'react'

type SliderProps = {
  label: string
  /** 0 … 1 */
  value: number
  onChange: (value: number) => void
}

/** How much of something, in whole percent. */
export function Slider({ label, value, onChange }: SliderProps) {
  const id = useId()
  const percent = Math.round(value * 100)
  return (
    <div className="cast-slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        value={percent}
        style={{ '--part': value }}
        onChange={event => onChange(event.target.valueAsNumber / 100)}
      />
      <output className="k-num" htmlFor={id}>
        {percent}
      </output>
    </div>
  )
}
