/**
 * What the bundles use of JavaScript after 2020, for engines that do not have it: Excel on a Mac runs in the Safari
 * of its system. The tests run the bundles in an engine without any of it.
 */
function at(index) {
  return this[index < 0 ? this.length + index : index];
}

const ADDITIONS = [
  [Object, { hasOwn: (object, key) => Object.prototype.hasOwnProperty.call(object, key) }],
  [String.prototype, { at }],
  [
    Array.prototype,
    {
      at,
      findLast(...args) {
        return this.toReversed().find(...args);
      },
      toReversed() {
        return [...this].reverse();
      },
      with(index, value) {
        return Object.assign([...this], { [index]: value });
      },
    },
  ],
];

for (const [owner, methods] of ADDITIONS) {
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in owner)) {
      Object.defineProperty(owner, name, { value, writable: true, configurable: true });
    }
  }
}
