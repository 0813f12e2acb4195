"""The drill (`make drill`): a whole portal at work while its parts are killed, and then what was lost or done twice."""
