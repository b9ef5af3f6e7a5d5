/*
 * A day that is typed is kept. The calendar knows one way of writing, 2027-04-03, and on leaving the
 * field puts today in place of whatever it can't read. So a day that stands first, 3/4/2027 or
 * 3.4.2027, with hours or without, is written its way; what is no day stays, and the form says so.
 */
(() => {
  const DAY_FIRST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?)?$/;
  const two = (number) => String(number).padStart(2, "0");

  function asTheCalendarWritesIt(typed) {
    const found = DAY_FIRST.exec(typed.trim());
    if (!found) return typed;
    const [day, month, year, hour, minute] = [1, 3, 4, 5, 6].map((group) => found[group]);
    const date = new Date(Date.UTC(year, month - 1, day));
    const isADay = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
    if (!isADay || hour > 23 || minute > 59) return typed;
    const written = `${year}-${two(month)}-${two(day)}`;
    return hour ? `${written} ${two(hour)}:${minute}` : written;
  }

  jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
  addEventListener(
    "change",
    ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (!jQuery(target).data("xdsoft_datetimepicker")) return;
      const written = asTheCalendarWritesIt(target.value);
      if (written !== target.value) target.value = written;
    },
    true,
  );
})();
