from tests.scenes import Address, Scene

ADDRESSES = [Address("season", most=28), Address("costs"), Address("practice")]


def furnish(scene: Scene) -> None:
    """The season is the sum of what the other areas put on the stage."""
