import 'react'

// Lets `style={{ '--progress': 0.4 }}` type-check: dynamic values reach CSS only as variables.
declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined
  }
}
