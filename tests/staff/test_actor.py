from staff.actor import actor_for
from staff.models import Membership
from staff.rights import Capability, Role


def test_actor_for_clerk_works_at_the_point_in_the_listed_fields(enrol):
    officer = enrol(field_codes=["civil_status"])

    actor = actor_for(Membership.objects.for_actor().get(officer=officer))

    assert (actor.officer_name, actor.commune_gso, actor.commune_name) == (
        "Lê Thu Hà",
        "15448",
        "Xã Định Hòa",
    )
    assert actor.reception_point_name == "Trụ sở xã"
    assert actor.sees_fields == frozenset({"civil_status"})
    assert (actor.sees_field("civil_status"), actor.sees_field("land")) == (True, False)


def test_actor_for_clerk_without_fields_sees_every_field(enrol):
    officer = enrol(field_codes=[])

    actor = actor_for(Membership.objects.for_actor().get(officer=officer))

    assert actor.sees_fields is None
    assert actor.sees_field("land")


def test_actor_for_signatory_ignores_listed_fields(enrol):
    officer = enrol(role=Role.SIGNATORY, field_codes=["civil_status"])

    actor = actor_for(Membership.objects.for_actor().get(officer=officer))

    assert actor.field_codes == frozenset()


def test_actor_for_province_admin_belongs_to_no_commune(enrol):
    officer = enrol(role=Role.PROVINCE_ADMIN, gso="")

    actor = actor_for(Membership.objects.for_actor().get(officer=officer))

    assert (actor.commune_id, actor.commune_gso) == (None, "")
    assert actor.may(Capability.VIEW_COUNTS)
    assert not actor.may(Capability.VIEW_CASES)


def test_for_actor_needs_one_query(enrol, django_assert_num_queries):
    officer = enrol()

    with django_assert_num_queries(1):
        actor_for(Membership.objects.for_actor().get(officer=officer))


def test_actors_with_the_same_rights_are_alike_wherever_they_sit(enrol):
    def at_work(**who):
        return actor_for(Membership.objects.for_actor().get(officer=enrol(**who)))

    here, there = at_work(username="a", field_codes=[]), at_work(username="b", gso="14845", field_codes=[])
    narrower, leader = (
        at_work(username="c", field_codes=["civil_status"]),
        at_work(username="d", role=Role.DIRECTOR),
    )

    assert here.alike == there.alike
    assert len({here.alike, narrower.alike, leader.alike}) == 3
    assert (here.alike.officer_id, here.alike.commune_id, here.alike.officer_name) == (0, 0, "")
    seated = there.alike.seated(officer=here.officer_id, commune=here.home_id)
    assert (seated.officer_id, seated.commune_id) == (here.officer_id, here.commune_id)
    assert (seated.field_codes, seated.capabilities) == (here.field_codes, here.capabilities)
