"""What slows guessing down stands on the ground floor, because signing in needs it too."""

from core.slowdown import Brake as Brake
