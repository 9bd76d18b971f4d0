import type { ComponentProps, ReactNode } from 'react'

type ToolProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: ReactNode
  label: string
}

/** A control for a thumb: a round glass key with its word below. */
export function Tool({ icon, label, ...rest }: ToolProps) {
  return (
    <button type="button" className="cast-tool" {...rest}>
      <span className="cast-tool-key">{icon}</span>
      <span className="cast-tool-word">{label}</span>
    </button>
  )
}
